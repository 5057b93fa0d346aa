//! What is allocated, counted for the thread of each test alone.

mod coding;
mod report;
