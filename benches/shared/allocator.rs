//! Memory handed out as the program does it, so that what is measured here and what stands beside it cost what they cost in it.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
