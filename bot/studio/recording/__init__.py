"""Long recordings: what happens in them and when, found without decoding them; and which moments make a reel."""
