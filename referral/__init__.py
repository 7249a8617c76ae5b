"""The domain: from a question to a partner around the corner, and what became of it. Imports nothing of ours."""
