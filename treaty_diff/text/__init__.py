"""What a treaty text is, how it is stored, and how its provisions are found."""
