"""What people said: events, the fold of them to what stands now, and their history."""
