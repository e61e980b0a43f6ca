import { DatabaseSync } from 'node:sqlite'

// Loaded before a server to model a disk that takes a millisecond to make a commit durable; this machine's takes far less.

const exec = DatabaseSync.prototype.exec
const millisecond = new Int32Array(new SharedArrayBuffer(4))

DatabaseSync.prototype.exec = function (text: string) {
  exec.call(this, text)
  if (text === 'commit') Atomics.wait(millisecond, 0, 0, 1)
}
