"""From what was seen to what is wrong with each device by itself: pure, with its evidence."""
