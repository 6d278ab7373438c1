"""What meetings decide and give somebody to do: written, corrected, asked about, done."""
