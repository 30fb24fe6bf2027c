"""The conversation engine, its Nemo client, its memory and the embedded editing backend."""
