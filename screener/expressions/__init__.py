"""The condition language: one immutable tree, and one small module for each way of reading it."""
