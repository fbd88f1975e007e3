//! Random sets of objects, in random orders and groupings.
