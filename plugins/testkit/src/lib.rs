//! What every plugin must pass.
