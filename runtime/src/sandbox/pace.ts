/** How many of the requests are followed, when more come than anybody can look at. */

/** Requests that may come at once and are all followed. */
const BURST = 100;
/** More of them for each second that passes: so few that their traces take a small part of that second. */
const PER_SECOND = 50;

export class Pace {
  private room = BURST;

  /** `at`: ms on the sandbox's clock. */
  constructor(private at: number) {}

  /** Whether a request that comes at this time is followed. */
  take(now: number): boolean {
    if (now > this.at) {
      this.room = Math.min(BURST, this.room + ((now - this.at) / 1000) * PER_SECOND);
      this.at = now;
    }
    if (this.room < 1) return false;
    this.room -= 1;
    return true;
  }
}
