/** The only address outside of our own documentation that a report links to: a page of AWS's. */
export const AWS_PAGE = /^https:\/\/docs\.aws\.amazon\.com\/[\w/.#-]+$/;
