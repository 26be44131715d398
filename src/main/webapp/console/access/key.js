// SPDX-License-Identifier: Apache-2.0
const NAME = "macp.apiKey";

/** The API key lives in this tab's session storage only: it is gone when the tab closes. */
export const apiKey = {
  read() {
    return sessionStorage.getItem(NAME);
  },
  keep(value) {
    sessionStorage.setItem(NAME, value);
  },
  forget() {
    sessionStorage.removeItem(NAME);
  },
};
