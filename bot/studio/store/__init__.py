"""What the studio remembers: one SQLite file, one module of statements per thing."""
