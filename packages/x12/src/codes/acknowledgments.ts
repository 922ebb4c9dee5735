/** Error codes of TA1 and 999 in our own words; the code lists are X12's, the sentences ours. */

/** TA105 */
export const INTERCHANGE_NOTES: Readonly<Record<string, string>> = {
  '000': 'No error.',
  '001': 'The control numbers in ISA and IEA differ.',
  '002': 'The control standards identifier is not supported.',
  '003': 'The version of the control segments is not supported.',
  '004': 'The segment terminator is not valid.',
  '005': 'The sender qualifier (ISA05) is not valid.',
  '006': 'The sender id (ISA06) is not known there.',
  '007': 'The receiver qualifier (ISA07) is not valid.',
  '008': 'The receiver id (ISA08) is not valid.',
  '009': 'The receiver (ISA08) is not known there.',
  '010': 'The authorization qualifier (ISA01) is not valid.',
  '011': 'The authorization value (ISA02) is not valid.',
  '012': 'The security qualifier (ISA03) is not valid.',
  '013': 'The security value (ISA04) is not valid.',
  '014': 'The interchange date (ISA09) is not valid.',
  '015': 'The interchange time (ISA10) is not valid.',
  '016': 'The repetition separator or standards value (ISA11) is not valid.',
  '017': 'The version (ISA12) is not valid.',
  '018': 'The control number (ISA13) is not valid.',
  '019': 'The acknowledgment request (ISA14) is not valid.',
  '020': 'The usage indicator (ISA15) is not valid.',
  '021': 'The number of groups in IEA is wrong.',
  '022': 'The structure of the file is not valid.',
  '023': 'The file ends too early.',
  '024': 'The content of the file is not valid, for example a GS segment.',
  '025': 'The control number was used before: the file counts as a duplicate.',
  '026': 'The element separator is not valid.',
  '027': 'The component separator is not valid.',
}

/** IK304 */
export const SEGMENT_ERRORS: Readonly<Record<string, string>> = {
  '1': 'This segment is not known.',
  '2': 'This segment may not stand here.',
  '3': 'A required segment is missing.',
  '4': 'The loop occurs too often.',
  '5': 'The segment occurs too often.',
  '6': 'The segment does not belong to this transaction set.',
  '7': 'The segment is out of order.',
  '8': 'The segment has errors in its elements.',
  I4: 'The guide does not use this segment.',
  I6: 'A segment that depends on another is missing.',
  I7: 'The loop occurs too seldom.',
  I8: 'The segment occurs too seldom.',
  I9: 'The segment does not fit its situation.',
}

/** IK403 */
export const ELEMENT_ERRORS: Readonly<Record<string, string>> = {
  '1': 'A required element is missing.',
  '2': 'An element that another one requires is missing.',
  '3': 'There are too many elements.',
  '4': 'The value is too short.',
  '5': 'The value is too long.',
  '6': 'The value has a character that is not allowed.',
  '7': 'The code is not valid.',
  '8': 'The date is not valid.',
  '9': 'The time is not valid.',
  '10': 'Two elements exclude each other.',
  '12': 'The element repeats too often.',
  '13': 'There are too many components.',
  I6: 'The code is not used by this guide.',
  I9: 'An element that depends on the situation is missing.',
  I10: 'The guide does not use this element.',
  I11: 'The element repeats too seldom.',
  I12: 'The value does not have the pattern of its kind.',
  I13: 'The value does not match what the guide computes.',
}

/** IK502 to IK506 */
export const SET_ERRORS: Readonly<Record<string, string>> = {
  '1': 'The transaction set is not supported there.',
  '2': 'The SE segment is missing.',
  '3': 'The control numbers in ST and SE differ.',
  '4': 'The number of segments in SE is wrong.',
  '5': 'One or more segments have errors.',
  '6': 'The transaction set identifier is missing or wrong.',
  '7': 'The control number of the set is missing or wrong.',
  '16': 'The date or time of the set is not valid.',
  '18': 'The transaction set does not fit the kind of the group.',
  '19': 'The guide of the set is not supported there.',
  '23': 'The control number ST02 was used twice in the group.',
  I5: 'The rules of the guide are broken.',
  I6: 'The version of the guide is not known there.',
}

/** AK905 to AK909 */
export const GROUP_ERRORS: Readonly<Record<string, string>> = {
  '1': 'The group is not supported there.',
  '2': 'The version of the group is not supported there.',
  '3': 'The GE segment is missing.',
  '4': 'The control numbers in GS and GE differ.',
  '5': 'The number of sets in GE is wrong.',
  '6': 'The group control number breaks the syntax.',
  '19': 'The control number GS06 was used before.',
}
