// A page that nobody touches gives way to the one that is worked at.
const idle_ms = 10 * 60_000;

// To be used as an effect: returns what ends it.
export function leave_when_idle(leave: () => void): () => void {
    let idle = 0;
    const touched = (): void => {
        window.clearTimeout(idle);
        idle = window.setTimeout(leave, idle_ms);
    };
    const signs = ["pointerdown", "keydown", "wheel"] as const;
    signs.forEach((sign) => window.addEventListener(sign, touched, { passive: true }));
    touched();
    return () => {
        window.clearTimeout(idle);
        signs.forEach((sign) => window.removeEventListener(sign, touched));
    };
}
