/** The id of the location that stands for all of a manager's people. */
export const everywhere = 'everyone'
