"""The devices of an estate as real SNMP agents of this machine: one `snmpd` each."""
