"""The HTTP side: routes as the documented API has them, odd field names included."""
