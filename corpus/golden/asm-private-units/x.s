# Two units with line tables of their own; the second uses types of the first.
	.section .debug_abbrev,"",@progbits

.Labbrev0:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x10, 0x17	# DW_AT_stmt_list, DW_FORM_sec_offset
	.uleb128	0x1b, 0x8	# DW_AT_comp_dir, DW_FORM_string
	.byte	0, 0
	.uleb128	2, 0x24	# DW_TAG_base_type
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3e, 0xb	# DW_AT_encoding, DW_FORM_data1
	.byte	0, 0
	.uleb128	3, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x3f, 0x19	# DW_AT_external, DW_FORM_flag_present
	.byte	0, 0
	.uleb128	4, 0x13	# DW_TAG_structure_type
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0xb, 0xb	# DW_AT_byte_size, DW_FORM_data1
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.byte	0

.Labbrev1:
	.uleb128	1, 0x11	# DW_TAG_compile_unit
	.byte	1		# children: yes
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x10, 0x17	# DW_AT_stmt_list, DW_FORM_sec_offset
	.uleb128	0x1b, 0x8	# DW_AT_comp_dir, DW_FORM_string
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
	.uleb128	0x3a, 0xb	# DW_AT_decl_file, DW_FORM_data1
	.byte	0, 0
	.uleb128	4, 0xd	# DW_TAG_member
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x13	# DW_AT_type, DW_FORM_ref4
	.uleb128	0x38, 0xb	# DW_AT_data_member_location, DW_FORM_data1
	.byte	0, 0
	.uleb128	5, 0x34	# DW_TAG_variable
	.byte	0		# children: no
	.uleb128	0x3, 0x8	# DW_AT_name, DW_FORM_string
	.uleb128	0x49, 0x10	# DW_AT_type, DW_FORM_ref_addr
	.byte	0, 0
	.uleb128	6, 0x34	# DW_TAG_variable
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
	.4byte	.Lone
	.asciz	"."
.Li0:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
	.uleb128	3		#   DW_TAG_variable
	.asciz	"start"
	.4byte	.Li0 - .Lunit0
.Lpub_a:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"pub_a"
	.byte	4
	.byte	1
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li0 - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lpriv_a:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"priv_a"
	.byte	4
	.byte	2
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li0 - .Lunit0
	.byte	0
	.byte	0		#   end of children
.Lfar_a:
	.uleb128	4		#   DW_TAG_structure_type
	.asciz	"far_a"
	.byte	4
	.byte	3
	.uleb128	5		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li0 - .Lunit0
	.byte	0
	.byte	0		#   end of children
	.byte	0		# end of children
.Lend0:

# Unit 1: DWARF 5
.Lunit1:
	.4byte	.Lend1 - .Lversion1
.Lversion1:
	.2byte	5
	.byte	1		# DW_UT_compile
	.byte	8		# address size
	.4byte	.Labbrev1
	.uleb128	1		# DW_TAG_compile_unit
	.asciz	"unit.h"
	.4byte	.Ltwo
	.asciz	"."
.Li1:
	.uleb128	2		#   DW_TAG_base_type
	.asciz	"int"
	.byte	4
	.byte	5
.Lpub_b:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"pub_b"
	.byte	4
	.byte	2
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li1 - .Lunit1
	.byte	0
	.byte	0		#   end of children
.Lpriv_b:
	.uleb128	3		#   DW_TAG_structure_type
	.asciz	"priv_b"
	.byte	4
	.byte	1
	.uleb128	4		#     DW_TAG_member
	.asciz	"a"
	.4byte	.Li1 - .Lunit1
	.byte	0
	.byte	0		#   end of children
	.uleb128	5		#   DW_TAG_variable
	.asciz	"use_pub_a"
	.4byte	.Lpub_a
	.uleb128	5		#   DW_TAG_variable
	.asciz	"use_priv_a"
	.4byte	.Lpriv_a
	.uleb128	5		#   DW_TAG_variable
	.asciz	"use_far_a"
	.4byte	.Lfar_a
	.uleb128	6		#   DW_TAG_variable
	.asciz	"use_pub_b"
	.4byte	.Lpub_b - .Lunit1
	.uleb128	6		#   DW_TAG_variable
	.asciz	"use_priv_b"
	.4byte	.Lpriv_b - .Lunit1
	.byte	0		# end of children
.Lend1:

	.section .debug_line,"",@progbits
.Lone:
	.4byte	.Lone_end - .Lone_version
.Lone_version:
	.2byte	5
	.byte	8, 0
	.4byte	.Lone_program - .Lone_header
.Lone_header:
	.byte	1, 1, 1, -5, 14, 13
	.byte	0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1
	.byte	1		# directories: DW_LNCT_path as a string
	.uleb128	1, 8
	.uleb128	1
	.asciz	"."
	.byte	2		# files: path and directory index
	.uleb128	1, 8, 2, 0xb
	.uleb128	4
	.asciz	"a.c"
	.byte	0
	.asciz	"a.h"
	.byte	0
	.asciz	"a.c"
	.byte	0
	.asciz	"far.h"
	.byte	0
.Lone_program:
	.byte	0, 1, 1		# DW_LNE_end_sequence
.Lone_end:

	.section .debug_line,"",@progbits
.Ltwo:
	.4byte	.Ltwo_end - .Ltwo_version
.Ltwo_version:
	.2byte	5
	.byte	8, 0
	.4byte	.Ltwo_program - .Ltwo_header
.Ltwo_header:
	.byte	1, 1, 1, -5, 14, 13
	.byte	0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1
	.byte	1		# directories: DW_LNCT_path as a string
	.uleb128	1, 8
	.uleb128	1
	.asciz	"."
	.byte	2		# files: path and directory index
	.uleb128	1, 8, 2, 0xb
	.uleb128	3
	.asciz	"b.c"
	.byte	0
	.asciz	"b.c"
	.byte	0
	.asciz	"b.h"
	.byte	0
.Ltwo_program:
	.byte	0, 1, 1		# DW_LNE_end_sequence
.Ltwo_end:

	.section .note.GNU-stack,"",@progbits
