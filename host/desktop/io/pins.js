/** The world outside of the virtual pins: puts a level on an input, reads the level of any pin. */
export function drivePin(pin, level) @ "xs_digital_drive"
export function pinLevel(pin) @ "xs_digital_level"
