"""Reading the inventory: files to models, with places for everything that is wrong."""
