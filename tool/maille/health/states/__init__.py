"""From what each device says to what is true of all: states and their causes, without a clock."""
