# make run    the assistant, from nothing to a place to chat
# make chat   talk to the running assistant in the terminal
# make test   every test there is
# make screenshots  pictures of the chat in every state, for docs/
# make bench  the assistant measured against others: the first time about an hour
.PHONY: run chat train test screenshots bench check format
.DELETE_ON_ERROR:

BIN := .venv/bin
IS_3_10 := -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))'
PYTHON := $(shell for each in python3.10 python3 python; do \
  $$each $(IS_3_10) 2>/dev/null && echo $$each && break; done)
MODEL := models/hakuneuvoja.tar.gz
MODEL_SOURCES := config.yml domain.yml $(shell find data -type f -o -type d) \
  $(shell find bot/nlu bot/language bot/call -name '*.py')

TOOLS := tests/node_modules/.package-lock.json
CHAT := bot/web/static/chat.js
CHAT_SOURCES := $(shell find bot/web/chat bot/web/texts -type f -not -path '*/node_modules/*')

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHONWARNINGS := ignore

run: $(MODEL) $(CHAT)
	@$(BIN)/python -m bot.serve

chat: .venv/ready
	@$(BIN)/python -m bot.chat

train: $(MODEL)

test: $(MODEL) $(CHAT) $(TOOLS) .venv/browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

screenshots: $(MODEL) $(CHAT) $(TOOLS) .venv/browser
	$(BIN)/python -m tests.web.screenshots

# BENCH="--only floor,hakuneuvoja --quick" measures less; see `python -m benchmarks --help`.
bench: $(MODEL) .venv/bench
	$(BIN)/python -m benchmarks $(BENCH)

format: .venv/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The environment: uv installs the locked versions, and is itself installed into the environment.
.venv/ready: pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Python 3.10 is needed, and none was found."; exit 1; }
	@echo "Installing the locked packages into .venv ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv sync --frozen
	@touch $@

.venv/bench: .venv/ready
	$(BIN)/uv sync --frozen --inexact --group bench
	@touch $@

# For the browser tests: Debian's Chromium, where we may install it, or Playwright's.
.venv/browser: .venv/ready
	@command -v chromium || command -v google-chrome || \
	  { test "$$(id -u)" = 0 && command -v apt-get && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      chromium fonts-dejavu-core >/dev/null; } || \
	  $(BIN)/playwright install chromium || \
	  { echo "The browser tests need Chromium: install it, for example by apt install chromium."; exit 1; }
	@touch $@

$(MODEL): $(MODEL_SOURCES) .venv/ready
	@echo "Training the model (some three minutes) ..."
	$(BIN)/rasa train --skip-validation --fixed-model-name hakuneuvoja
	@touch $@

# What tests check accessibility, cards and app packages with.
$(TOOLS): tests/package-lock.json .venv/ready
	@cd tests && export PATH="$(CURDIR)/$(BIN):$$PATH" && npm ci --silent --no-audit --no-fund
	@touch $@

$(CHAT): $(CHAT_SOURCES) .venv/ready
	@echo "Building the chat ..."
	@cd bot/web/chat && export PATH="$(CURDIR)/$(BIN):$$PATH" && \
	  npm ci --silent --no-audit --no-fund && npm run --silent build
	@touch $@
