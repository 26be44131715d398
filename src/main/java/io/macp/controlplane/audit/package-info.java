// SPDX-License-Identifier: Apache-2.0
/**
 * Who changed what, and how it ended: every changing call leaves a row, in the transaction of the
 * change where there is one (control-plane contract, section 11). It must not know what it records
 * and never holds a secret. Start at {@code AuditTrail}, whose attempts write, and at {@code
 * AuditResource}, which reads.
 */
@NullMarked
package io.macp.controlplane.audit;

import org.jspecify.annotations.NullMarked;
