//! Find, state and judge capacity by place and need.
