# Attributes that are given twice: the first counts, even if its form is not one that counts.
	.section .debug_abbrev,"",@progbits
.Labbrev:
	.uleb128 1, 0x11
	.byte 1
	.byte 0, 0
	.uleb128 2, 0x24			# base type: name, byte size twice
	.byte 0
	.uleb128 0x03, 0x08, 0x0b, 0x0b, 0x0b, 0x0b, 0x03, 0x08
	.byte 0, 0
	.uleb128 3, 0x24			# base type: byte size as a block, then as a constant
	.byte 0
	.uleb128 0x03, 0x08, 0x0b, 0x0a, 0x0b, 0x0b
	.byte 0, 0
	.uleb128 4, 0x13			# structure: declaration twice
	.byte 1
	.uleb128 0x03, 0x08, 0x3c, 0x0c, 0x3c, 0x0c
	.byte 0, 0
	.uleb128 5, 0x0d			# member: name and type twice
	.byte 0
	.uleb128 0x03, 0x08, 0x49, 0x13, 0x49, 0x13, 0x03, 0x08
	.byte 0, 0
	.uleb128 6, 0x34			# variable
	.byte 0
	.uleb128 0x03, 0x08, 0x49, 0x13
	.byte 0, 0
	.byte 0

	.section .debug_info,"",@progbits
.Lunit:	.4byte .Lend - .Lbegin
.Lbegin: .2byte 4
	.4byte .Labbrev
	.byte 8
	.uleb128 1
.Ltwice: .uleb128 2
	.asciz "twice"
	.byte 4, 8
	.asciz "other"
.Lblock: .uleb128 3
	.asciz "block"
	.byte 1, 2, 8
.Lshown: .uleb128 4
	.asciz "shown"
	.byte 0, 1
	.uleb128 5
	.asciz "first"
	.4byte .Ltwice - .Lunit, .Lblock - .Lunit
	.asciz "second"
	.byte 0
.Lhidden: .uleb128 4
	.asciz "hidden"
	.byte 1, 0
	.uleb128 5
	.asciz "first"
	.4byte .Ltwice - .Lunit, .Lblock - .Lunit
	.asciz "second"
	.byte 0
	.uleb128 6
	.asciz "v_twice"
	.4byte .Ltwice - .Lunit
	.uleb128 6
	.asciz "v_block"
	.4byte .Lblock - .Lunit
	.uleb128 6
	.asciz "v_shown"
	.4byte .Lshown - .Lunit
	.uleb128 6
	.asciz "v_hidden"
	.4byte .Lhidden - .Lunit
	.byte 0
.Lend:
	.section .note.GNU-stack,"",@progbits
