// Captured by functions under test, through a namespace.
export const offset = 0.125;
