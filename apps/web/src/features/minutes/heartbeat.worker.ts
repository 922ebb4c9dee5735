/**
 * Ticks every fifteen seconds. In a worker, because browsers slow the timers of a page in the background to one a
 * minute, and a call with the phone in the hand is exactly that.
 */
setInterval(() => self.postMessage('beat'), 15_000)
