// A view as the daemon gives it while its past is awaited: it calls no cart better than overdue.
export function in_doubt(view) {
    const carts = view.carts.map((cart) => ({
        ...cart,
        readiness: cart.readiness === "not_ready" ? "not_ready" : "overdue",
        ready_until: null,
        functions: {},
        nearest: null,
        nearest_for: {},
    }));
    return { ...view, carts };
}
