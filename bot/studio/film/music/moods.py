MOODS = ("warm", "upbeat", "calm")
