//! A text to the countries, territories and nationalities it names.
