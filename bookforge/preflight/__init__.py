"""Finished files looked at with the validators of the trade."""
