# Names with blanks, quotes, hashes and bytes that are not ASCII.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x16	# DW_TAG_typedef
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	6, 0x2e	# DW_TAG_subprogram
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	7, 0x5	# DW_TAG_formal_parameter
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.byte	0, 0
	.uleb128	8, 0x4	# DW_TAG_enumeration_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.byte	0, 0
	.uleb128	9, 0x28	# DW_TAG_enumerator
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x1c, 0xb	# DW_AT_const_value, DW_FORM_data1
	.byte	0, 0
	.uleb128	10, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.byte	0

	.section .debug_info,"",@progbits

# Unit 0: DWARF 5
.Lunit0:
	.4byte	.Lend0 - .Lversion0
.Lversion0:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev0
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
.Lint:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Ls0:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"two words"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"two words"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt0:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"two words"
	.4byte	.Ls0 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f0"
	.4byte	.Ls0 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"two words"
	.4byte	.Lt0 - .Lunit0
	.byte	0		#   end of children
.Le0:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"two words"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"two words"
	.byte	0
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v0"
	.4byte	.Le0 - .Lunit0
.Ls1:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"unsigned long long"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"unsigned long long"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt1:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"unsigned long long"
	.4byte	.Ls1 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f1"
	.4byte	.Ls1 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"unsigned long long"
	.4byte	.Lt1 - .Lunit0
	.byte	0		#   end of children
.Le1:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"unsigned long long"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"unsigned long long"
	.byte	1
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v1"
	.4byte	.Le1 - .Lunit0
.Ls2:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"quote'd"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"quote'd"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt2:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"quote'd"
	.4byte	.Ls2 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f2"
	.4byte	.Ls2 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"quote'd"
	.4byte	.Lt2 - .Lunit0
	.byte	0		#   end of children
.Le2:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"quote'd"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"quote'd"
	.byte	2
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v2"
	.4byte	.Le2 - .Lunit0
.Ls3:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"hash#ed"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"hash#ed"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt3:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"hash#ed"
	.4byte	.Ls3 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f3"
	.4byte	.Ls3 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"hash#ed"
	.4byte	.Lt3 - .Lunit0
	.byte	0		#   end of children
.Le3:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"hash#ed"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"hash#ed"
	.byte	3
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v3"
	.4byte	.Le3 - .Lunit0
.Ls4:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"a b#c"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"a b#c"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt4:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"a b#c"
	.4byte	.Ls4 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f4"
	.4byte	.Ls4 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"a b#c"
	.4byte	.Lt4 - .Lunit0
	.byte	0		#   end of children
.Le4:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"a b#c"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"a b#c"
	.byte	4
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v4"
	.4byte	.Le4 - .Lunit0
.Ls5:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"{"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"{"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt5:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"{"
	.4byte	.Ls5 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f5"
	.4byte	.Ls5 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"{"
	.4byte	.Lt5 - .Lunit0
	.byte	0		#   end of children
.Le5:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"{"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"{"
	.byte	5
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v5"
	.4byte	.Le5 - .Lunit0
.Ls6:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"( x )"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"( x )"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt6:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"( x )"
	.4byte	.Ls6 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f6"
	.4byte	.Ls6 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"( x )"
	.4byte	.Lt6 - .Lunit0
	.byte	0		#   end of children
.Le6:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"( x )"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"( x )"
	.byte	6
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v6"
	.4byte	.Le6 - .Lunit0
.Ls7:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	" ,"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	" ,"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt7:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	" ,"
	.4byte	.Ls7 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f7"
	.4byte	.Ls7 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	" ,"
	.4byte	.Lt7 - .Lunit0
	.byte	0		#   end of children
.Le7:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	" ,"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	" ,"
	.byte	7
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v7"
	.4byte	.Le7 - .Lunit0
.Ls8:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"caf\303\251"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"caf\303\251"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt8:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"caf\303\251"
	.4byte	.Ls8 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f8"
	.4byte	.Ls8 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"caf\303\251"
	.4byte	.Lt8 - .Lunit0
	.byte	0		#   end of children
.Le8:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"caf\303\251"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"caf\303\251"
	.byte	8
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v8"
	.4byte	.Le8 - .Lunit0
.Ls9:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"\346\227\245\346\234\254"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"\346\227\245\346\234\254"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt9:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"\346\227\245\346\234\254"
	.4byte	.Ls9 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f9"
	.4byte	.Ls9 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"\346\227\245\346\234\254"
	.4byte	.Lt9 - .Lunit0
	.byte	0		#   end of children
.Le9:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"\346\227\245\346\234\254"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"\346\227\245\346\234\254"
	.byte	9
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v9"
	.4byte	.Le9 - .Lunit0
.Ls10:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"tab\011here"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"tab\011here"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt10:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"tab\011here"
	.4byte	.Ls10 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f10"
	.4byte	.Ls10 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"tab\011here"
	.4byte	.Lt10 - .Lunit0
	.byte	0		#   end of children
.Le10:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"tab\011here"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"tab\011here"
	.byte	10
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v10"
	.4byte	.Le10 - .Lunit0
.Ls11:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"s::t"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"s::t"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt11:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"s::t"
	.4byte	.Ls11 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f11"
	.4byte	.Ls11 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"s::t"
	.4byte	.Lt11 - .Lunit0
	.byte	0		#   end of children
.Le11:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"s::t"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"s::t"
	.byte	11
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v11"
	.4byte	.Le11 - .Lunit0
.Ls12:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"<T, U>"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"<T, U>"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt12:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"<T, U>"
	.4byte	.Ls12 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f12"
	.4byte	.Ls12 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"<T, U>"
	.4byte	.Lt12 - .Lunit0
	.byte	0		#   end of children
.Le12:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"<T, U>"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"<T, U>"
	.byte	12
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v12"
	.4byte	.Le12 - .Lunit0
.Ls13:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"-> x"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"-> x"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt13:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"-> x"
	.4byte	.Ls13 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f13"
	.4byte	.Ls13 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"-> x"
	.4byte	.Lt13 - .Lunit0
	.byte	0		#   end of children
.Le13:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"-> x"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"-> x"
	.byte	13
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v13"
	.4byte	.Le13 - .Lunit0
.Ls14:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"e'"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"e'"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt14:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"e'"
	.4byte	.Ls14 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f14"
	.4byte	.Ls14 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"e'"
	.4byte	.Lt14 - .Lunit0
	.byte	0		#   end of children
.Le14:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"e'"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"e'"
	.byte	14
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v14"
	.4byte	.Le14 - .Lunit0
.Ls15:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"trailing "
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"trailing "
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt15:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"trailing "
	.4byte	.Ls15 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f15"
	.4byte	.Ls15 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"trailing "
	.4byte	.Lt15 - .Lunit0
	.byte	0		#   end of children
.Le15:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"trailing "
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"trailing "
	.byte	15
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v15"
	.4byte	.Le15 - .Lunit0
.Ls16:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	" leading"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	" leading"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt16:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	" leading"
	.4byte	.Ls16 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f16"
	.4byte	.Ls16 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	" leading"
	.4byte	.Lt16 - .Lunit0
	.byte	0		#   end of children
.Le16:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	" leading"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	" leading"
	.byte	16
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v16"
	.4byte	.Le16 - .Lunit0
.Ls17:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"%d%s"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"%d%s"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt17:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"%d%s"
	.4byte	.Ls17 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f17"
	.4byte	.Ls17 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"%d%s"
	.4byte	.Lt17 - .Lunit0
	.byte	0		#   end of children
.Le17:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"%d%s"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"%d%s"
	.byte	17
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v17"
	.4byte	.Le17 - .Lunit0
.Ls18:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"back\134slash"
	.byte	4
	.uleb128	4		#     DW_TAG_member
	.asciz	"back\134slash"
	.4byte	.Lint - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lt18:
	.uleb128	5		#   DW_TAG_typedef
	.asciz	"back\134slash"
	.4byte	.Ls18 - .Lunit0
	.uleb128	6		#   DW_TAG_subprogram
	.asciz	"f18"
	.4byte	.Ls18 - .Lunit0
	.uleb128	7		#     DW_TAG_formal_parameter
	.asciz	"back\134slash"
	.4byte	.Lt18 - .Lunit0
	.byte	0		#   end of children
.Le18:
	.uleb128	8		#   DW_TAG_enumeration_type
	.asciz	"back\134slash"
	.byte	4
	.uleb128	9		#     DW_TAG_enumerator
	.asciz	"back\134slash"
	.byte	18
	.byte	0		#   end of children
	.uleb128	10		#   DW_TAG_variable
	.asciz	"v18"
	.4byte	.Le18 - .Lunit0
	.byte	0		# end of children
.Lend0:

	.section .note.GNU-stack,"",@progbits
