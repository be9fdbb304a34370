"""What the Rasa server loads: graph components, policies, response generator, channels."""

import os

# Rasa reports usage to its maker unless told not to, also when it is started by hand.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
