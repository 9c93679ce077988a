"""What the tests of `broadsheet serve` share."""
