/** How many of the units of an expectation make a customer, or a purchase; and a minor unit of money. */
export const [perCustomer, perMinorUnit] = [1e6, 1e3];
