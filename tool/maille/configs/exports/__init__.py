"""What others need of the network: the firewall, the recorder's software, RADIUS, DNS."""
