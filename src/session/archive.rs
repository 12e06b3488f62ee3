//! Transactions that are fetched when they are needed.

use std::fmt::Debug;

use super::Transaction;

/// Where the transactions of a history are that nobody has looked at yet.
pub trait Archive: Debug + Send + Sync {
    /// The transaction `revision`.
    ///
    /// # Errors
    ///
    /// When it cannot be understood; says where it stands and why.
    fn transaction(&self, revision: u64) -> Result<Transaction, String>;
}
