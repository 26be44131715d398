// SPDX-License-Identifier: Apache-2.0

/** `required`: a call was answered 401; `refused`: the key that was sent is not accepted. */
export const ACCESS_OPEN = Object.freeze({ required: false, refused: false, message: "" });

export function reduceAccess(access, action) {
  switch (action.type) {
    case "access/denied":
      return { required: true, refused: action.hadKey, message: action.message };
    case "access/given":
      return ACCESS_OPEN;
    default:
      return access;
  }
}
