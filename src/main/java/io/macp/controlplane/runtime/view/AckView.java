// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.runtime.view;

/**
 * A runtime's answer to cancel, suspend or resume. A refusal by the domain arrives here with {@code
 * ok} false and is not an exception (wire contract, section 3.1).
 *
 * @param code the registry code of a refusal, empty otherwise
 * @param message the text of a refusal, empty otherwise
 * @param sessionState the state afterwards; unspecified on every refusal
 */
public record AckView(boolean ok, String code, String message, SessionView.State sessionState) {}
