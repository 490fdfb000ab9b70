"""SNMPv3 to the devices: two engines behind one interface, and what their silence means."""
