//! Where somebody is in a document, and what they see of it.

use crate::text::Offset;

/// Where somebody is in a document and what they see of it, to be found again the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Where the cursor is.
    pub cursor: Offset,
    /// The offset whose row is the topmost.
    pub top: Offset,
    /// Labels that are hidden, as `layer/label`; the empty one stands for those that the schema does not know.
    pub hidden: Vec<String>,
    /// What is shown beside the text: a name of the interface's own, empty for what it shows by itself.
    pub view: String,
}
