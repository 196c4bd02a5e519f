/**
 * The three-digit ZIP prefixes that may be released: those whose ZCTAs together hold more than 20,000 people.
 *
 * Rule: 45 CFR 164.514(b)(2)(i)(B), which asks for the currently available data of the Bureau of the Census.
 * Figures: 2020 Census, DHC table P1 (P1_001N), all 33,774 ZCTA5s summed by their first three digits, as tabulated in
 * peopleworks/Silueta, src/Silueta.Core/Transform/Tables/zip3.census-2020.json at fadd0dda. 876 of 894 prefixes stay; those
 * with 20,000 people or fewer, and those in which nobody was counted, are not listed.
 */
export const zip3Census2020: readonly string[] = [
  '006-007 009-035 037-054 056-058 060-089 100-101 103-191 193-201 206-212 214-268 270-310 312-331 333-339 341-342',
  '344 346-347 349-352 354-368 370-374 376-398 400-418 420-427 430-458 460-508 510-516 520-528 530-532 534-535',
  '537-551 553-554 557-567 570-577 580-588 590-620 622-631 633-641 644-648 650-658 660-662 664-681 683-691 693',
  '700-701 703-708 710-714 716-731 734-741 743-752 754-770 773-816 820 822 824-838 840-841 843-847 850-853 855-857',
  '859-860 863-865 870-871 873-875 877 880-883 890-891 894-895 897-898 900 902-908 910-928 930-937 939-941 943-961',
  '967-968 970-986 988-999',
];
