"""The client of the NemoVideo editing service, and of anything that speaks its wire format."""
