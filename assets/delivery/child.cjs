'use strict';
// Waits for programs that are started: each in a process group of its own, since what they start has to end with them.

/**
 * Answers with the exit code and the signal of a program, `{ code, name }`. When the run is stopped, or the program takes too long, it
 * is killed with all that it started.
 *
 * @param child started with `detached`
 * @param failed makes an error of a text, and of whether time was up
 */
function ended(child, { timeoutMs, signal, failed }) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      settle(value);
    };
    const cancel = () => {
      killGroup(child);
      end(reject, signal.reason);
    };
    const timer = setTimeout(() => {
      killGroup(child);
      end(reject, failed(`no end within ${Math.round(timeoutMs / 1000)} s`, true));
    }, timeoutMs);
    signal?.addEventListener('abort', cancel, { once: true });
    child.on('error', (error) => end(reject, failed(error.message, false)));
    child.on('close', (code, name) => end(resolve, { code, name }));
  });
}

/** The Azure CLI, for one, is a script that starts Python: that has to end too, or it would go on behind our back. */
function killGroup({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

module.exports = { ended };
