/** The address without a user name and password: a document's are for everybody who reads it, and go into no file. */
export const withoutLogin = (url: string): string => url.replace(/^([a-z][a-z\d+.-]*:)?(\/\/)[^/?#]*@/i, '$1$2');
