//! Work in portions: while one is handed over in order, the workers make the next, so that memory holds no more than three.

use std::io;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Fetches portions, has the workers make something of each, and hands that over in order; fetching and handing over is done by the caller.
///
/// Ends at the first failure of either.
pub fn overlapped<P: Send, M: Send>(
    mut fetch: impl FnMut() -> io::Result<Option<P>>,
    make: impl Fn(P) -> M + Sync,
    mut take: impl FnMut(M) -> io::Result<()>,
) -> io::Result<()> {
    let mut ready: Option<M> = None;
    let mut fetched = fetch()?;
    while let Some(portion) = fetched {
        let mut next = None;
        // In place, so that neither fetching nor taking has to leave the caller's thread.
        fetched = rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = Some(make(portion)));
            ready.take().map_or(Ok(()), &mut take)?;
            fetch()
        })?;
        ready = next;
    }
    ready.map_or(Ok(()), take)
}

/// Makes something of each number below a count, so many at a time shared among the workers, and hands it over in order.
pub fn each_in_order<M: Send>(
    count: usize,
    at_a_time: usize,
    make: impl Fn(usize) -> M + Sync,
    mut take: impl FnMut(M) -> io::Result<()>,
) -> io::Result<()> {
    let mut start = 0;
    let portion = || {
        let numbers = start..count.min(start + at_a_time);
        start = numbers.end;
        Ok((!numbers.is_empty()).then_some(numbers))
    };
    let all_of = |numbers: std::ops::Range<usize>| numbers.into_par_iter().map(&make).collect::<Vec<M>>();
    overlapped(portion, all_of, |all| all.into_iter().try_for_each(&mut take))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_comes_in_order_however_the_portions_fall() {
        for count in [0, 1, 7, 8, 9, 100] {
            for at_a_time in [1, 3, 8, 1_000] {
                let mut taken = Vec::new();
                let take = |square| {
                    taken.push(square);
                    Ok(())
                };
                each_in_order(count, at_a_time, |number| number * number, take).expect("nothing fails");
                let expected: Vec<usize> = (0..count).map(|number| number * number).collect();
                assert_eq!(taken, expected, "{count} by {at_a_time}");
            }
        }
    }

    #[test]
    fn it_ends_at_the_first_failure() {
        let fault = || io::Error::other("no room");
        let mut taken = Vec::new();
        let take = |number| {
            taken.push(number);
            if number == 5 { Err(fault()) } else { Ok(()) }
        };
        let failed = each_in_order(100, 2, |number| number, take);
        assert_eq!(failed.map_err(|error| error.to_string()), Err("no room".to_owned()));
        assert_eq!(taken, [0, 1, 2, 3, 4, 5]);

        let mut portions = vec![Err(fault()), Ok(Some(2)), Ok(Some(1))];
        let mut taken = Vec::new();
        let take = |number: i32| {
            taken.push(number);
            Ok(())
        };
        let failed = overlapped(|| portions.pop().unwrap_or(Ok(None)), |number| 10 * number, take);
        assert!(failed.is_err());
        assert_eq!(taken, [10]);
    }
}
