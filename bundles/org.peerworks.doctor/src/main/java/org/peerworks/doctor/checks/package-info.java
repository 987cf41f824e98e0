/** The checks that need no framework. */
package org.peerworks.doctor.checks;
