"""How each model is made and measured, from data on disk; nothing here runs when scoring."""
