//! What the crate promises, stage by stage.
