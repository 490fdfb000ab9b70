"""History: every state since when, and every span in which somebody looked."""
