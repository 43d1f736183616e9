"""The program played by a cast in the sandbox; also the demo company."""
