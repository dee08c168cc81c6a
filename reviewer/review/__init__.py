"""What a reviewer does: the open review, its gestures, the fold of events to state."""
